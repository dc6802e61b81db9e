import http from "node:http"; import fs from "node:fs"; import os from "node:os"; import path from "node:path";
import { Inngest } from "inngest"; import { serve } from "inngest/node";
import { openPglite } from "../postgres/open-pglite"; import { startEngine } from "./index";
(async()=>{
const dir = fs.mkdtempSync(path.join(os.tmpdir(),"eng-"));
const db = await openPglite(path.join(dir,"d"));
const log=(l:string)=>(m:string,d?:unknown)=>console.log(l,m,d??"");
const e = await startEngine({db,port:0,logger:{debug:log("D"),info:log("I"),warn:log("W"),error:log("E")}});
console.log(e.url);
process.env.INNGEST_DEV=e.url;
const c = new Inngest({id:"t", isDev:true, baseUrl:e.url, checkpointing: process.env.NC? false: undefined as any});
let done=0; const st:Record<string,number>={};
const fns=[c.createFunction({id:"hello",triggers:[{event:"t/hello"}]},async({step,event})=>{ const k=event.data.k as string; st[k]=performance.now(); const a=await step.run("a",()=>1); const b=await step.run("b",()=>a+1); return b;}),
c.createFunction({id:"seq",triggers:[{event:"t/seq"}]},async({step})=>{ const s=performance.now(); let v=0; for(let i=0;i<20;i++) v=await step.run("s"+i,()=>v+1); return v;}),
c.createFunction({id:"fan",triggers:[{event:"t/fan"}]},async({step,event})=>{ await step.run("one",()=>event.data.i); done++; return 1;})];
const srv=http.createServer(serve({client:c,functions:fns})); await new Promise<void>(r=>srv.listen(0,"127.0.0.1",r));
const url=`http://127.0.0.1:${(srv.address() as any).port}/api/inngest`;
console.log(await e.register(url));
const post=async(ev:unknown)=>(await (await fetch(e.url+"/e/x",{method:"POST",body:JSON.stringify(ev)})).json()) as any;
const lat:number[]=[];
for(let i=0;i<30;i++){const k="k"+i;const t=performance.now();await post({name:"t/hello",data:{k}}); while(!st[k]) await new Promise(r=>setTimeout(r,0.5)); lat.push(st[k]!-t); await new Promise(r=>setTimeout(r,30));}
lat.sort((a,b)=>a-b); console.log("start p50",lat[15]);
const r=await post({name:"t/seq",data:{}}); const t0=performance.now(); for(;;){const j=await (await fetch(e.url+"/v1/events/"+r.ids[0]+"/runs")).json() as any; if(j.data[0]?.ended_at||performance.now()-t0>3000){console.log(j.data[0], performance.now()-t0, new Date(j.data[0].ended_at).getTime()-new Date(j.data[0].run_started_at).getTime());break;}}
const t1=performance.now(); for(let i=0;i<1000;i+=100) await post(Array.from({length:100},(_,j)=>({name:"t/fan",data:{i:i+j}}))); console.log("posted",performance.now()-t1);
const cp=process.cpuUsage();
while(done<1000) await new Promise(r=>setTimeout(r,5)); const d=performance.now()-t1; console.log("fan",done,d,1000/d*1000, process.cpuUsage(cp));
await e.close(); await db.close(); srv.close(); srv.closeAllConnections(); fs.rmSync(dir,{recursive:true});
})();
