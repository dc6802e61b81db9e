export { ListSkeleton as default } from "@/components/searches/page-skeletons";
