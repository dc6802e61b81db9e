export { DetailSkeleton as default } from "@/components/searches/page-skeletons";
